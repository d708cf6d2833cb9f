/**
 * Everything that knows the inside of the JDK; not API.
 *
 * <p>Read from Temurin 25.0.3. Each member that is reached is a {@link dev.standstill.jdk.Piece},
 * and {@link dev.standstill.jdk.JdkCheck} looks all of them up before the first loop opens: a JDK
 * that lacks one is refused with one sentence instead of failing half-way.
 *
 * <p>A production loop needs only {@code java.lang} opened. A test loop needs the agent, which
 * opens the rest.
 */
@NullMarked
package dev.standstill.jdk;

import org.jspecify.annotations.NullMarked;
