package dev.standstill.examples.raft;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One that answers before it has written its ballot, the file of its term and its vote, as a node
 * does that does not wait for the disk: after a crash both are gone.
 */
final class ForgetfulStorage extends Storage {

  ForgetfulStorage(Path folder) throws IOException {
    super(folder);
  }

  @Override
  protected void writeBallot(long newTerm, String candidate) {
    // That is the bug.
  }
}
