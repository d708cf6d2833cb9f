/**
 * The goals of Standstill's Maven plugin. They run in Maven's own JVM, on Java 17 or later, so they
 * call no class of Standstill: what needs JDK 25 is given to the JVMs of the tests and of programs.
 */
@NullMarked
package dev.standstill.maven;

import org.jspecify.annotations.NullMarked;
