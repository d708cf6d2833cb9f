/** Tests that the pages in {@code docs/} about JUnit show. */
@NullMarked
package dev.standstill.examples.junit;

import org.jspecify.annotations.NullMarked;
