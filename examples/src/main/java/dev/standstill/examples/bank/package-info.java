/** A web application with a database, and how its tests undo what it commits. */
@NullMarked
package dev.standstill.examples.bank;

import org.jspecify.annotations.NullMarked;
