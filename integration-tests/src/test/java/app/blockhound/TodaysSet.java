package app.blockhound;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Each call of BlockHound's own set, on a thread that a predicate names and on another thread. */
public final class TodaysSet {

    private TodaysSet() {}

    public static void main(String[] args) throws Exception {
        Map<String, Callable<?>> calls = Calls.ofBlockHound();
        BlockHound.builder()
                .nonBlockingThreadPredicate(before -> before.or(NonBlockingThread.class::isInstance))
                .install();
        for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
            System.out.println("REFUSED " + call.getKey() + " " + refusal(call.getValue(), true));
            if (!call.getKey().endsWith("implAccept")) {
                System.out.println("ALLOWED " + call.getKey() + " " + refusal(call.getValue(), false));
            }
        }
        System.exit(0);
    }

    private static String refusal(Callable<?> call, boolean nonBlocking) throws Exception {
        return NonBlockingThread.run(
                () -> {
                    try {
                        return call.call();
                    } catch (BlockingOperationError e) {
                        StackTraceElement top = e.getStackTrace()[0];
                        boolean agent = Arrays.stream(e.getStackTrace())
                                .anyMatch(frame -> frame.toString().contains("tallsight"));
                        throw new IllegalStateException(e.getMessage() + " | " + e.getMethod() + " | "
                                + top.getClassName() + "." + top.getMethodName() + (agent ? " with the agent" : ""));
                    }
                },
                nonBlocking);
    }
}
