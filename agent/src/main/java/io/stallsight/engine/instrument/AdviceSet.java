package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.inline.AdviceClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The advice of each type of point, read when a point of the type is woven. Any thread may ask. A service that is short
 * of memory lets go of what it has read: most classes are woven at its start.
 */
final class AdviceSet {

    private static final String PACKAGE = "io/stallsight/engine/advice/";

    private final Map<String, SoftReference<AdviceClass>> advice = new ConcurrentHashMap<>();

    private static AdviceClass read(String name) {
        String file = PACKAGE + name + ".class";
        try (InputStream in = AdviceSet.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the agent jar");
            }
            return AdviceClass.read(in.readAllBytes(), PointArguments.ANNOTATIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the class in package {@code advice}. A class literal would load it, and only its file is needed. */
    static String adviceOf(Point.Type type) {
        return switch (type) {
            case BLOCKING, SCOPE -> "BlockingAdvice";
            case QUIET -> "QuietAdvice";
            case SELECT -> "SelectorAdvice$Select";
            case SELECTOR_CLOSE -> "SelectorAdvice$Close";
            case IDLE, LOOP_IDLE -> "IdleAdvice";
            case COUNT_IDLE -> "IdleAdvice$Count";
            case COUNT_UPPER_IDLE -> "IdleAdvice$CountUpper";
            case TAKE_IDLE -> "IdleAdvice$Take";
            case ROUND_IDLE -> "IdleAdvice$Round";
            case LOOP_BEGIN -> "LoopAdvice$Begin";
            case LOOP_END -> "LoopAdvice$End";
            case POLL -> "LoopAdvice$Poll";
            case ROUND -> "LoopAdvice$Round";
            case EVENT -> "LoopAdvice$Event";
            case QUEUE -> "TaskAdvice$Queue";
            case OFFER -> "TaskAdvice$Offer";
            case WORK -> "TaskAdvice$Work";
            case LEAVE -> "TaskAdvice$Leave";
            case TAKE -> "TaskAdvice$Take";
            case HAND -> "TaskAdvice$Hand";
            case RUN -> "TaskAdvice$Run";
            case REJECT -> "TaskAdvice$Reject";
            case START -> "TaskAdvice$Start";
            case CARRY -> "ContextAdvice$Carry";
            case SHARE -> "ContextAdvice$Share";
            case CREATE -> "ContextAdvice$Create";
            case RESUME -> "ContextAdvice$Resume";
            case TURN -> "ContextAdvice$Turn";
            case CONNECT -> "ConnectionAdvice$Connect";
            case ACCEPT -> "ConnectionAdvice$Accept";
            case CONNECTED -> "ConnectionAdvice$Connected";
            case DISCONNECT -> "ConnectionAdvice$Disconnect";
            case READ -> "ConnectionAdvice$Read";
            case WRITE -> "ConnectionAdvice$Write";
            case EXCHANGE_SEND -> "ExchangeAdvice$Send";
            case EXCHANGE_BEGIN -> "ExchangeAdvice$Begin";
            case EXCHANGE_END -> "ExchangeAdvice$End";
            case EXCHANGE_FAIL -> "ExchangeAdvice$Fail";
            case MAKE -> "OriginAdvice$Make";
            case PASS -> "OriginAdvice$Pass";
            case BORROW -> "BorrowAdvice$Borrow";
            case LEND -> "BorrowAdvice$Lend";
            case LEASE_BEGIN -> "LeaseAdvice$Begin";
            case LEASE_END -> "LeaseAdvice$End";
            case LEASE_ASK -> "LeaseAdvice$Ask";
            case PERMIT_MAKE -> "PermitAdvice$Make";
            case PERMIT_OWN -> "PermitAdvice$Own";
            case PERMIT_ACQUIRE -> "PermitAdvice$Acquire";
            case PERMIT_TRY -> "PermitAdvice$Try";
            case PERMIT_RELEASE -> "PermitAdvice$Release";
            case THREAD_START -> "ThreadAdvice$Start";
            case THREAD_END -> "ThreadAdvice$End";
            case POLICY -> "PolicyAdvice";
            case TOOL_REPORT -> "ToolAdvice$Report";
            case TOOL_INSTALL -> "ToolAdvice$Install";
            case HOST -> "HostAdvice";
            case SERVE -> "RequestAdvice$Serve";
            case ROUTE -> "RequestAdvice$Route";
            case TRACE -> "RequestAdvice$Trace";
            case SKIP -> "SkipAdvice";
        };
    }

    AdviceClass of(Point.Type type) {
        String name = adviceOf(type);
        SoftReference<AdviceClass> kept = advice.get(name);
        AdviceClass read = kept == null ? null : kept.get();
        if (read == null) {
            read = read(name);
            advice.put(name, new SoftReference<>(read));
        }
        return read;
    }
}
