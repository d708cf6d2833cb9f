package dev.standstill.explore;

import java.util.Optional;

/**
 * The schedules of an exploration that failed in one way. Immutable.
 *
 * @param kind how they failed
 * @param times how many did
 * @param schedule the number of the first, from 1; 0 if an earlier exploration has kept it
 * @param found what was found out of the first; empty if failures of the kind were known already
 */
public record FailureGroup(
    FailureKind kind, long times, long schedule, Optional<ScheduleFailure> found) {}
