/**
 * What the JDK's sockets call in place of the operating system when a loop has a network of its
 * own: a class for each class of the JDK whose natives are answered, and the {@link
 * dev.standstill.jdk.sockets.SocketKernel} that answers them.
 */
@NullMarked
package dev.standstill.jdk.sockets;

import org.jspecify.annotations.NullMarked;
