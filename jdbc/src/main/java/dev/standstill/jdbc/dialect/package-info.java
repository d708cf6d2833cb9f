/**
 * What a scope must know of its database: one class for each kind of database, and what they share.
 *
 * <p>Not for users. Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
