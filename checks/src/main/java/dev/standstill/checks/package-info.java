/** Tests about the whole repository: its architecture, its public surface and its documentation. */
@NullMarked
package dev.standstill.checks;

import org.jspecify.annotations.NullMarked;
