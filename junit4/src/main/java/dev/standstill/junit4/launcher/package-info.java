/** What the JUnit Platform starts by itself; not for users. */
@NullMarked
package dev.standstill.junit4.launcher;

import org.jspecify.annotations.NullMarked;
