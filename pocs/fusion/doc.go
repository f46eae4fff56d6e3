package fusion

// doc is what the dashboard says of the method.
const doc = `What an experienced officer does: take no alarm at its word, but weigh it with all else that is known of
the box.

Every clue (a code of the device, a latch, light, a blow, the door's magnet, an odd position, counters, a signature, a
notice, a silence) has a weight of evidence, 10·log10 of how much likelier it is in an attack than on an innocent day,
in dB (I. J. Good 1950). The weights of the clues that are remembered are added, each halved by its half-life, of
clues that depend on each other (the groups of clue.go) only the strongest; what comes to "alarm_db" together is an
alarm, and its level is ten times the sum. Which attack it is, is the one whose clues these mostly are (naive Bayes
over kinds).

Clues are asked for more than the device says. A door contact without the lock's latch bounces; an opening that the
lock keeps is a thief's where it is short, Customs' where it lasts and ends with a signed command; light that the
message itself does not show is none; a blow is a crane's up to 5 g. Silence is weighed by where it falls: under way,
in a place with coverage, of a seal whose cell was low, and what waited under a dead network is told from what waited
behind a hill by the strength it names; that an accused box falls silent or comes in late is no news. Place, identity
and sensors are the senses of "kalman", weighed instead of said outright.

Weights are learnt by counting, "sealab learn fusion mixed --seeds 1..100 --also signature=2", with half a case added
to each count (H. Jeffreys), so that a clue that was never heard weighs 13 dB and no clue decides for being rare
alone. Its threshold: "sealab tune fusion mixed --seeds 1..60 -p alarm_db=14,18,22,26,28,30,34,38 --within
'nuisance_trips <= 0.003'". "sealab curve fusion mixed --seeds 2001..2040 -p alarm_db=0" draws what each level costs
and finds.

Sources: the seal model's section f (sensor fusion, silence model), c3, d and e; Good, Probability and the Weighing of
Evidence, 1950; Jeffreys, Theory of Probability, 1939; the senses' own sources under "kalman".

Limits. The weights are true of these worlds and of no others: here a thief is done in 15 minutes and Customs is not,
a bounce leaves no latch, no honest box is drilled into, and none that stands in coverage is silent for twelve hours.
In the field, learn them anew from labelled trips before you believe a level. An attacker who knows them can stay
below each: open for half an hour, or work in the dark without tools. It waits until a door is shut, or has stood open
for as long as an inspection takes, which costs minutes where "rules" speaks at once. A silenced seal is named only
when it is heard again, unless other clues are there. Clues are taken as independent between groups, which they are
not quite: read the sum as an order, not as odds.`
