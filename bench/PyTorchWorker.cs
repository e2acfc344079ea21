using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench;

/// <summary>The PyTorch side: a Python process that runs blocks of steps on request (pytorch/bench.py).</summary>
internal sealed class PyTorchWorker : IDisposable
{
    private readonly Process _process;

    public PyTorchWorker(int threads, bool raisedThresholds)
    {
        string python = Environment.GetEnvironmentVariable("DSL_PYTHON") is { Length: > 0 } chosen ? chosen : "/usr/bin/python3";
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch", "bench.py"));
        if (raisedThresholds) start.ArgumentList.Add("--raised-thresholds");
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);

        // As the door into libtorch does for this side: spinning threads collapse when cores are shared.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive");
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
    }

    /// <summary>Version and settings of the worker.</summary>
    public JsonNode Info() => Ask(new JsonObject { ["info"] = true });

    /// <summary>Runs a block of steps.</summary>
    /// <returns>The median step in µs.</returns>
    public double Run(string workload, int steps, int threads) =>
        (double)Ask(new JsonObject { ["workload"] = workload, ["steps"] = steps, ["threads"] = threads })["median_us"]!;

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }

    private JsonNode Ask(JsonObject request)
    {
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The PyTorch worker ended; its messages stand above.");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"PyTorch: {error}") : answer;
    }
}
