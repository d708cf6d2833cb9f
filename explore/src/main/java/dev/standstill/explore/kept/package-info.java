/** Where failures are kept that were found, and in which form. */
@NullMarked
package dev.standstill.explore.kept;

import org.jspecify.annotations.NullMarked;
