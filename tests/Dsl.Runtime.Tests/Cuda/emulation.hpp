// CUDA C on the processor, for tests of what kernels compute: the threads of a block are fibers that take turns, and change
// places where they wait for each other. Compiled before a kernel's source, and followed by EMULATE(name).
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <tuple>
#include <ucontext.h>
#include <utility>
#include <vector>

#define __global__
#define __device__
#define __shared__ static

struct Index { unsigned x, y, z; };
static Index threadIdx, blockIdx, blockDim, gridDim;

namespace emulation
{
    enum class State { Runs, Waits, Ended };
    struct Fiber { ucontext_t context; State state; };

    static ucontext_t scheduler;
    static std::vector<Fiber> fibers;
    static std::vector<std::vector<char>> stacks;
    static std::vector<double> given;
    static unsigned current;
    static void (*body)(void**);
    static void** arguments;

    // 1: the threads of a block wait at different places; 2: a kernel refuses.
    static int failure;
    static char message[200];

    static void enter()
    {
        body(arguments);
        fibers[current].state = State::Ended;
        swapcontext(&fibers[current].context, &scheduler);
    }

    static void wait()
    {
        unsigned own = current;
        fibers[own].state = State::Waits;
        swapcontext(&fibers[own].context, &scheduler);
    }

    static void leave()
    {
        fibers[current].state = State::Ended;
        swapcontext(&fibers[current].context, &scheduler);
    }

    static void run_block()
    {
        for (unsigned i = 0; i < blockDim.x; i++)
        {
            getcontext(&fibers[i].context);
            fibers[i].context.uc_stack.ss_sp = stacks[i].data();
            fibers[i].context.uc_stack.ss_size = stacks[i].size();
            fibers[i].context.uc_link = nullptr;
            makecontext(&fibers[i].context, enter, 0);
            fibers[i].state = State::Runs;
        }

        for (unsigned left = blockDim.x; left > 0 && failure == 0;)
        {
            unsigned waiting = 0, ended = 0;
            for (unsigned i = 0; i < blockDim.x && failure == 0; i++)
            {
                if (fibers[i].state == State::Ended) continue;
                current = i;
                threadIdx = {i, 0, 0};
                swapcontext(&scheduler, &fibers[i].context);
                if (fibers[i].state == State::Ended) ended++;
                else waiting++;
            }

            if (waiting > 0 && (ended > 0 || left < blockDim.x)) failure = 1;
            left -= ended;
        }
    }

    template <class... P, std::size_t... I>
    void call(void (*kernel)(P...), void** places, std::index_sequence<I...>)
    {
        static_assert(((sizeof(P) == 8) && ...), "a parameter is of 8 bytes");
        kernel(*(std::remove_const_t<P>*)places[I]...);
    }

    template <class... P>
    void call(void (*kernel)(P...), void** places) { call(kernel, places, std::index_sequence_for<P...>()); }

    static int run(void (*kernel)(void**), unsigned blocks, unsigned block_size, void** places)
    {
        body = kernel;
        arguments = places;
        failure = 0;
        message[0] = 0;
        blockDim = {block_size, 1, 1};
        gridDim = {blocks, 1, 1};
        fibers.resize(block_size);
        given.resize(block_size);
        stacks.resize(block_size);
        for (auto& stack : stacks) stack.resize(32768);
        for (unsigned i = 0; i < blocks && failure == 0; i++)
        {
            blockIdx = {i, 0, 0};
            run_block();
        }

        return failure;
    }
}

static void __syncthreads() { emulation::wait(); }

// Each thread lays down its value, and waits before it reads and before it may lay down another.
template <class T>
static T __shfl_down_sync(unsigned, T value, int step)
{
    unsigned own = threadIdx.x;
    emulation::given[own] = value;
    emulation::wait();
    T read = own % 32 + step < 32 ? (T)emulation::given[own + step] : value;
    emulation::wait();
    return read;
}

extern "C" void __assertfail(const char* message, const char*, unsigned, const char* function, std::size_t)
{
    std::snprintf(emulation::message, sizeof emulation::message, "%s: %s", function, message);
    emulation::failure = 2;
    emulation::leave();
}

#define EMULATE(kernel) \
    extern "C" int emulate(unsigned blocks, unsigned block_size, void** arguments) \
    { \
        return emulation::run([](void** places) { emulation::call(kernel, places); }, blocks, block_size, arguments); \
    } \
    extern "C" const char* emulation_message() { return emulation::message; }
