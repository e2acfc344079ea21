using System.Globalization;
using Digits;
using TorchSharp;
using static TorchSharp.torch;

// Trains the demo's student for many steps and watches the process's memory:
//   dotnet run -c Release --project tools/MemoryCheck [-- STEPS]
long steps = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
set_num_threads(1);
using var data = HandwrittenDigits.Load();
using var trainer = new DistillTrainer(new Mlp(), new Cnn());
using var indices = arange(64, ScalarType.Int64);
using var batch = new DistillTrainer.Batch(data.ReadInputs(indices));

// Tiered compilation, the allocators and the garbage collector settle first.
Run(Math.Max(steps / 10, 2000));
long before = Resident();
long managed = GC.GetAllocatedBytesForCurrentThread();
for (int tenth = 1; tenth <= 10; tenth++)
{
    Run(steps / 10);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{steps / 10 * tenth,9:N0} steps  {Resident() / 1048576.0,8:F1} MiB resident"));
}

long growth = Resident() - before;
managed = GC.GetAllocatedBytesForCurrentThread() - managed;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"growth over {steps:N0} steps: {growth / 1048576.0:F1} MiB; managed garbage: {managed / (double)steps:F0} bytes a step"));
return growth < 8 * 1048576 ? 0 : 1;

void Run(long count)
{
    for (long i = 0; i < count; i++) trainer.Step(batch);
}

static long Resident()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
    return 1024 * long.Parse(
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2].Replace("VmRSS:", ""),
        CultureInfo.InvariantCulture);
}
