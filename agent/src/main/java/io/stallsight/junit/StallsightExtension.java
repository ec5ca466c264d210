package io.stallsight.junit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails tests for blocking that they cause, on their own thread or on threads to which they hand work. Registered by
 * {@link FailOnBlocking} and {@link FailOnStall}, or for all tests by auto-detection.
 *
 * <p>Some frameworks load the classes of tests with class loaders of their own: Quarkus does. Such a test has a copy of
 * this class, and auto-detection may register another one. All copies hand their calls to the one that JUnit's class
 * loader has: that one prints the summary, and a test is checked once.
 *
 * <p>Needs JUnit 5.10. A test begins with the construction of its instance. It ends when its context is closed: this
 * happens in every case, and after all callbacks of all extensions, so that the order of extensions does not matter.
 */
public final class StallsightExtension
        implements TestInstancePreConstructCallback, BeforeAllCallback, BeforeEachCallback, InvocationInterceptor {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(StallsightExtension.class);
    private static final String AUTO_DETECTION = "junit.jupiter.extensions.autodetection.enabled";

    /** The copy that does the work, if it is not this one. */
    private static final @Nullable Object COPY_OF_JUNIT = copyOfJUnit();

    /** The end of a test or a class. */
    private record End(Suite suite, String id, Scope scope, ExtensionContext context) implements AutoCloseable {
        @Override
        public void close() {
            suite.end(id, scope, context.getExecutionException().orElse(null));
        }
    }

    /** The end of all tests. */
    private record EndOfRun(Suite suite) implements AutoCloseable {
        @Override
        public void close() {
            suite.judge();
        }
    }

    /**
     * Attributes the construction of an instance for one test to that test. JUnit asks for this since 5.12; in older
     * versions the construction is part of the class.
     */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context)
            throws Exception {
        if (COPY_OF_JUNIT != null) {
            ((TestInstancePreConstructCallback) COPY_OF_JUNIT).preConstructTestInstance(factoryContext, context);
        } else {
            begin(context);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (COPY_OF_JUNIT != null) {
            ((BeforeAllCallback) COPY_OF_JUNIT).beforeAll(context);
        } else {
            begin(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (COPY_OF_JUNIT != null) {
            ((BeforeEachCallback) COPY_OF_JUNIT).beforeEach(context);
        } else {
            begin(context);
        }
    }

    private static @Nullable Object copyOfJUnit() {
        try {
            Class<?> copy =
                    Class.forName(StallsightExtension.class.getName(), true, ExtensionContext.class.getClassLoader());
            return copy == StallsightExtension.class
                    ? null
                    : copy.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null; // JUnit is in another loader than this jar: this copy works alone
        }
    }

    private static void begin(ExtensionContext context) {
        String id = context.getUniqueId();
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        if (store.get(id) != null) {
            return;
        }
        Suite suite = suite();
        ExtensionContext.Store ofRun = context.getRoot().getStore(NAMESPACE);
        if (ofRun.get(EndOfRun.class) == null) {
            ofRun.put(EndOfRun.class, StoredEnd.of(new EndOfRun(suite)));
        }
        Scope scope = suite.begin(id, around(suite, context), name(context), checks(suite, context));
        if (scope != null) {
            store.put(id, StoredEnd.of(new End(suite, id, scope, context)));
        }
    }

    /** The nearest open scope around the context: not every context has one, for example a template of tests. */
    private static @Nullable Scope around(Suite suite, ExtensionContext context) {
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            Scope open = suite.open(each.getUniqueId());
            if (open != null) {
                return open;
            }
        }
        return null;
    }

    private static Suite suite() {
        try {
            return Suite.current();
        } catch (SettingException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Checks checks(Suite suite, ExtensionContext context) {
        boolean byItself = context.getConfigurationParameter(AUTO_DETECTION)
                .map(Boolean::parseBoolean)
                .orElse(false);
        try {
            return suite.checks().read(context.getTestMethod().orElse(null), context.getRequiredTestClass(), byItself);
        } catch (SettingException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String name(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        type = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        @Nullable Method method = context.getTestMethod().orElse(null);
        if (method == null) {
            return type;
        }
        String display = context.getDisplayName();
        String plain = method.getName() + "(";
        return type + "." + method.getName() + (display.startsWith(plain) ? "" : " \"" + display + "\"");
    }

    /** Each dynamic test is a test of its own, inside of its factory. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation,
            DynamicTestInvocationContext invocationContext,
            ExtensionContext context)
            throws Throwable {
        if (COPY_OF_JUNIT != null) {
            ((InvocationInterceptor) COPY_OF_JUNIT).interceptDynamicTest(invocation, invocationContext, context);
            return;
        }
        Suite suite = suite();
        String id = context.getUniqueId();
        Scope factory = around(suite, context);
        Scope scope = factory == null || suite.open(id) != null // another copy has begun it
                ? null
                : suite.begin(id, factory, factory.name + " \"" + context.getDisplayName() + "\"", factory.checks);
        if (scope == null) {
            invocation.proceed();
            return;
        }
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            try {
                suite.end(id, scope, failure);
            } catch (AssertionError found) {
                failure.addSuppressed(found);
            }
            throw failure;
        }
        suite.end(id, scope, null);
    }
}
