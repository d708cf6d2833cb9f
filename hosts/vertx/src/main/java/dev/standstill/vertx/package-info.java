/** Event loops whose tasks run on a loop of Vert.x's. */
@NullMarked
package dev.standstill.vertx;

import org.jspecify.annotations.NullMarked;
