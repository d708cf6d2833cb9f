/** What the page about it shows. */
@NullMarked
package dev.standstill.junit4.guide;

import org.jspecify.annotations.NullMarked;
