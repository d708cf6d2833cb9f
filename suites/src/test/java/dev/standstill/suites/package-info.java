/** The tests of other projects, as they were published, run whole on loops. */
package dev.standstill.suites;
