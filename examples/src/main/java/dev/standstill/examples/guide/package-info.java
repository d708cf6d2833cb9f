/** The code of the pages in {@code docs/}; each page shows a region of one of these programs. */
@NullMarked
package dev.standstill.examples.guide;

import org.jspecify.annotations.NullMarked;
