/** Event loops in the registries of Micrometer. */
@NullMarked
package dev.standstill.micrometer;

import org.jspecify.annotations.NullMarked;
