package dev.standstill.checks;

/** What the tests of the page checks show and run. */
final class SampleProgram {

  private SampleProgram() {}

  public static void main(String[] args) {
    // tag::sample[]
    int answer = 6 * 7;
    System.out.println("The answer is " + answer + ".");
    // end::sample[]
    System.out.println("It took " + System.nanoTime() + " ns.");
  }
}
