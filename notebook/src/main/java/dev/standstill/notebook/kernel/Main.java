package dev.standstill.notebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** The kernel's process. */
final class Main {

  private Main() {}

  /**
   * Called by Jupyter, as the kernel specification says.
   *
   * @param arguments the connection file that Jupyter has written
   */
  public static void main(String[] arguments) throws Exception {
    String file = Files.readString(Path.of(arguments[0]));
    JupyterConnection connection = new JupyterConnection(KernelConnectionProperties.parse(file));
    JavaKernel kernel = new JavaKernel();
    // All is ready before the first message can come in.
    kernel.becomeHandlerForConnection(connection);
    kernel.onStartup();
    connection.connect();
    connection.waitUntilClose();
    System.exit(0); // Cells may have left threads behind.
  }
}
