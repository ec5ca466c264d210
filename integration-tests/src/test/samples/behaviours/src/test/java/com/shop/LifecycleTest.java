package com.shop;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class LifecycleTest {

    @Nested
    class InBeforeEach {
        @BeforeEach
        void setUp() {
            Loop.block();
        }

        @Test
        void test() {}
    }

    @Nested
    class InAfterEach {
        @AfterEach
        void tearDown() {
            Loop.block();
        }

        @Test
        void test() {}
    }

    @Nested
    class InConstructor {
        InConstructor() {
            Loop.block();
        }

        @Test
        void test() {}
    }

    @Nested
    class InFailingConstructor {
        InFailingConstructor() {
            Loop.block();
            fail("the constructor");
        }

        @Test
        void test() {}
    }

    @Nested
    class InBeforeAll {
        @BeforeAll
        static void setUp() {
            Loop.block();
        }

        @Test
        void test() {}
    }

    @Nested
    class InFailingBeforeAll {
        @BeforeAll
        static void setUp() {
            Loop.block();
            fail("before all");
        }

        @Test
        void test() {}
    }

    @Nested
    class InAfterAll {
        @AfterAll
        static void tearDown() {
            Loop.block();
        }

        @Test
        void test() {}
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class PerClass {
        @Test
        void clean() {}

        @Test
        void blocks() {
            Loop.block();
        }
    }

    @Nested
    class AfterTheOthers {
        @Test
        void clean() {
            Loop.run(() -> {});
        }
    }
}
