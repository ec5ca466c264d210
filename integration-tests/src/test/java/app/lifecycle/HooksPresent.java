package app.lifecycle;

/** Prints whether the agent's hooks are defined in this JVM. */
public final class HooksPresent {

    private HooksPresent() {}

    public static void main(String[] args) {
        try {
            Class.forName("java.lang.StallsightHook", false, null);
            System.out.println("HOOKS present");
        } catch (ClassNotFoundException e) {
            System.out.println("HOOKS absent");
        }
    }
}
