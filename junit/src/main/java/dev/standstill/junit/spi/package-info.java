/** What the modules of Standstill tell JUnit's, and its users do not. */
@NullMarked
package dev.standstill.junit.spi;

import org.jspecify.annotations.NullMarked;
