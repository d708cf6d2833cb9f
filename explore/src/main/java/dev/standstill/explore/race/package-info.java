/**
 * Which accesses race: {@link dev.standstill.explore.race.RaceWatch} for an exploration, {@link
 * dev.standstill.explore.race.RaceRun} for one run. Not API.
 *
 * <p>Two things are asked. What <em>may</em> race is learnt in some of the runs, from the order
 * that happens-before gives to accesses, by vector clocks, as far as that order can be seen: what
 * happens inside of libraries cannot. It decides only before which plain accesses tasks may be
 * preempted from then on. What <em>does</em> race is seen: one task stands right before its access
 * while another makes one that conflicts with it. Nothing can order two accesses of which either
 * could come first at that very moment, whatever was not seen; so no race is told that is none (K.
 * Sen, "Race directed random testing of concurrent programs", PLDI 2008).
 */
@org.jspecify.annotations.NullMarked
package dev.standstill.explore.race;
