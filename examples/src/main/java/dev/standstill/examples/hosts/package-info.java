/** Tasks on loops that exist already: Swing's, Netty's, Vert.x's. */
@NullMarked
package dev.standstill.examples.hosts;

import org.jspecify.annotations.NullMarked;
