/** How schedules are searched: what a strategy sees, and the strategies, one file each. */
@NullMarked
package dev.standstill.explore.search;

import org.jspecify.annotations.NullMarked;
