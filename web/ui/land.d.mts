export function land(file: string): Buffer
