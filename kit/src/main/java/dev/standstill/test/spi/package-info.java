/** What the modules of Standstill need of the kit, and its users do not. */
@NullMarked
package dev.standstill.test.spi;

import org.jspecify.annotations.NullMarked;
