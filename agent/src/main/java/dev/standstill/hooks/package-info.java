/**
 * The classes that the agent defines into {@code java.base}, in the form in which they are
 * compiled. Not API.
 */
@NullMarked
package dev.standstill.hooks;

import org.jspecify.annotations.NullMarked;
