/** What is said of a failing schedule: which switches decide, and what the tasks did. */
@NullMarked
package dev.standstill.explore.report;

import org.jspecify.annotations.NullMarked;
