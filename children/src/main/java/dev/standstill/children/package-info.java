/**
 * The processes that tests start and wait for. Not part of Standstill: nothing here is published.
 */
@NullMarked
package dev.standstill.children;

import org.jspecify.annotations.NullMarked;
