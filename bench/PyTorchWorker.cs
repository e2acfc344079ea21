using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench;

/// <summary>The PyTorch side: a Python process that runs blocks of steps on request (pytorch/bench.py).</summary>
internal sealed class PyTorchWorker : IDisposable
{
    private readonly string _python;
    private readonly Process _process;

    private PyTorchWorker(string python, int threads)
    {
        _python = python;
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch", "bench.py"));
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);

        // As on this side: spinning threads collapse when cores are shared.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive");
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
    }

    /// <summary>Starts the Python that DSL_PYTHON names.</summary>
    /// <param name="threads">Threads inside an operation.</param>
    /// <param name="remark">What a reader of the results is told about this side.</param>
    /// <returns>null where there is no PyTorch to compare with, which <paramref name="remark"/> explains.</returns>
    public static PyTorchWorker? Start(int threads, out string remark)
    {
        if (Python(out remark) is not { } python) return null;
        var worker = new PyTorchWorker(python, threads);
        worker.Version = (string)worker.Ask(new JsonObject { ["info"] = true })["torch"]!;
        remark = $"Beside PyTorch {worker.Version}.";
        return worker;
    }

    /// <summary>PyTorch's.</summary>
    public string Version { get; private set; } = "";

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
    /// <param name="path">The file of the common starting point.</param>
    /// <returns>The median step in µs.</returns>
    public double Run(string workload, int steps, int threads, string path) => (double)Ask(new JsonObject
    {
        // The blocks of the other sides have no steps that do not count either.
        ["workload"] = workload, ["steps"] = steps, ["warmup"] = 0, ["threads"] = threads, ["start"] = path,
    })["median_us"]!;

    /// <summary>The first steps from the common starting point, in a process of its own.</summary>
    /// <param name="path">Its file.</param>
    public Trial Trial(string workload, string path, int threads)
    {
        using var own = new PyTorchWorker(_python, threads);
        var answer = own.Ask(new JsonObject
        {
            ["workload"] = workload, ["steps"] = Bench.Trial.Steps, ["warmup"] = 0, ["threads"] = threads, ["start"] = path,
            ["trial"] = true,
        });
        return new Trial([.. answer["losses"]!.AsArray().Select(loss => (double)loss!)], (long)answer["peak_bytes"]!, null, null);
    }

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
