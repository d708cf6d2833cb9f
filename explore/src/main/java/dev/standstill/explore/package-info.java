/**
 * Finds the schedule that breaks a program: runs it again and again, each time in another order,
 * with switches wherever threads can race.
 */
@NullMarked
package dev.standstill.explore;

import org.jspecify.annotations.NullMarked;
