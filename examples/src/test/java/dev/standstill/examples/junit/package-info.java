/** Tests that docs/junit.md shows. */
@NullMarked
package dev.standstill.examples.junit;

import org.jspecify.annotations.NullMarked;
