/** What kernels that are built on JJava's protocol load by themselves. Not API. */
@NullMarked
package dev.standstill.notebook.jjava;

import org.jspecify.annotations.NullMarked;
