// Citation.js comes without types; this is as much of it as the tests use.
declare module "@citation-js/core" {
  export class Cite {
    constructor(data: unknown)
    data: any[]
    format(form: string, options: { format: string; template: string }): string
  }
}
declare module "@citation-js/plugin-bibtex"
declare module "@citation-js/plugin-csl"
declare module "js-yaml"
