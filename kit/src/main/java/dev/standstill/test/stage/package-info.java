/**
 * Tests on loops, whatever framework calls them: what the modules for JUnit and TestNG share. Not
 * for users.
 */
@NullMarked
package dev.standstill.test.stage;

import org.jspecify.annotations.NullMarked;
