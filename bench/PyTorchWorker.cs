using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench;

/// <summary>The PyTorch side: a Python process that runs blocks of steps on request (pytorch/bench.py).</summary>
internal sealed class PyTorchWorker : IDisposable
{
    private readonly Process _process;

    private PyTorchWorker(Process process) => _process = process;

    /// <summary>Starts the Python that DSL_PYTHON names.</summary>
    /// <param name="threads">Threads inside an operation.</param>
    /// <param name="remark">What a reader of the results is told about this side.</param>
    /// <returns>null where there is no PyTorch to compare with, which <paramref name="remark"/> explains.</returns>
    public static PyTorchWorker? Start(int threads, out string remark)
    {
        if (Python(out remark) is not { } python) return null;
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch", "bench.py"));
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);

        // As on this side: spinning threads collapse when cores are shared.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive");
        var worker = new PyTorchWorker(Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start."));
        remark = $"Beside PyTorch {worker.Ask(new JsonObject { ["info"] = true })["torch"]}.";
        return worker;
    }

    /// <summary>The Python that DSL_PYTHON names.</summary>
    /// <param name="remark">Why there is none; else empty.</param>
    /// <returns>null where there is none with torch.</returns>
    public static string? Python(out string remark)
    {
        string? python = Environment.GetEnvironmentVariable("DSL_PYTHON");
        remark = string.IsNullOrEmpty(python) ? "PyTorch is left out: DSL_PYTHON names no Python with torch."
            : HasTorch(python) ? "" : $"PyTorch is left out: DSL_PYTHON is '{python}', which cannot import torch.";
        return remark.Length == 0 ? python : null;
    }

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

    private static bool HasTorch(string python)
    {
        // What it says goes nowhere: whether it can is all that is asked.
        var start = new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start);
            process?.StandardError.ReadToEnd();
            process?.WaitForExit();
            return process is { ExitCode: 0 };
        }
        catch (Win32Exception)
        {
            return false;
        }
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
