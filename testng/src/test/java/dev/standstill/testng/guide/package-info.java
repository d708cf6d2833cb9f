/** What the page about it shows. */
@NullMarked
package dev.standstill.testng.guide;

import org.jspecify.annotations.NullMarked;
