package probe;

/**
 * Calls method references. Its frame is the first application frame of such a call, because a method reference has no
 * frame in its own class.
 */
final class Calls {

    interface OfNothing {
        void call() throws Exception;
    }

    interface OfInt {
        void call(int a) throws Exception;
    }

    interface OfLong {
        void call(long a) throws Exception;
    }

    interface OfLongAndInt {
        void call(long a, int b) throws Exception;
    }

    interface Of<A> {
        void call(A a) throws Exception;
    }

    interface OfTwo<A, B> {
        void call(A a, B b) throws Exception;
    }

    private Calls() {}

    static void call(OfNothing reference) throws Exception {
        reference.call();
    }

    static void callInt(OfInt reference, int a) throws Exception {
        reference.call(a);
    }

    static void callLong(OfLong reference, long a) throws Exception {
        reference.call(a);
    }

    static void callLongAndInt(OfLongAndInt reference, long a, int b) throws Exception {
        reference.call(a, b);
    }

    static <A> void callWith(Of<A> reference, A a) throws Exception {
        reference.call(a);
    }

    static <A, B> void callWith(OfTwo<A, B> reference, A a, B b) throws Exception {
        reference.call(a, b);
    }
}
