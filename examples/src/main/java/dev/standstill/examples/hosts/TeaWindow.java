package dev.standstill.examples.hosts;

import dev.standstill.EventLoop;
import dev.standstill.SwingHost;
import java.awt.FlowLayout;
import java.awt.Font;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window that stays responsive though the handler of its button blocks. */
public final class TeaWindow {

  private final EventLoop loop = EventLoop.on(SwingHost.eventDispatchThread());
  private final JFrame frame = new JFrame("Tea");
  private final JButton brew = new JButton("Brew");
  private final JButton count = new JButton("Clicked 0 times");
  private final JLabel state = new JLabel("Cold water");
  private int clicks;

  private TeaWindow() {
    // tag::listener[]
    brew.addActionListener(click -> loop.spawn("brew", this::brew));
    // end::listener[]
    count.addActionListener(click -> count.setText("Clicked " + ++clicks + " times"));
    state.setFont(state.getFont().deriveFont(Font.PLAIN, 24));
    frame.setLayout(new FlowLayout(FlowLayout.LEADING, 20, 20));
    frame.add(brew);
    frame.add(count);
    frame.add(state);
    frame.setSize(620, 110);
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.setVisible(true);
  }

  // tag::handler[]
  /**
   * Runs on the event dispatch thread, so it may touch components; sleeping does not freeze them.
   */
  private void brew() throws InterruptedException {
    brew.setEnabled(false);
    for (int degrees = 20; degrees < 100; degrees += 10) {
      state.setText("Heating: " + degrees + " °C");
      Thread.sleep(500);
    }
    state.setText("Tea is ready");
    brew.setEnabled(true);
  }

  // end::handler[]

  /** Opens the window; on the event dispatch thread. */
  static TeaWindow open() {
    return new TeaWindow();
  }

  JFrame frame() {
    return frame;
  }

  JButton brewButton() {
    return brew;
  }

  JButton countButton() {
    return count;
  }

  String state() {
    return state.getText();
  }

  public static void main(String[] args) {
    SwingUtilities.invokeLater(TeaWindow::open);
  }
}
