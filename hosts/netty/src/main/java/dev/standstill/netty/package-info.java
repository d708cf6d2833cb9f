/** Event loops whose tasks run on a loop of Netty's. */
@NullMarked
package dev.standstill.netty;

import org.jspecify.annotations.NullMarked;
