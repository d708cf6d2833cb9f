/**
 * The report about a suite whose tests run on loops, whatever frameworks call them. Not for users.
 */
@NullMarked
package dev.standstill.test.suite;

import org.jspecify.annotations.NullMarked;
