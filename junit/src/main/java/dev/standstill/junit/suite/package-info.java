/** Whole suites on loops: which tests are, and the report about them; not for users. */
@NullMarked
package dev.standstill.junit.suite;

import org.jspecify.annotations.NullMarked;
