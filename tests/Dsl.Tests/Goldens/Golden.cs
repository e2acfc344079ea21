using System.Globalization;
using System.Runtime.CompilerServices;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A reference computation of PyTorch, checked in beside the script that made it (tests/goldens).</summary>
internal sealed class Golden
{
    private readonly IReadOnlyDictionary<string, Tensor> _tensors;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private Golden(string name)
    {
        Name = name;
        var file = Safetensors.Read(PathOf(name));
        (_tensors, _settings) = (file, file.Metadata);
    }

    public string Name { get; }

    public IEnumerable<string> Names => _tensors.Keys;

    public IReadOnlyDictionary<string, string> Settings => _settings;

    public Tensor this[string tensor] => _tensors.TryGetValue(tensor, out var value)
        ? value
        : throw new KeyNotFoundException($"{Name} has no '{tensor}', but {string.Join(", ", _tensors.Keys)}");

    public static Golden Load(string name) => new(name);

    /// <summary>The file of one.</summary>
    public static string PathOf(string name) => Path.Combine(Folder(), name + ".safetensors");

    public double Number(string setting, double otherwise = double.NaN) =>
        _settings.TryGetValue(setting, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Copies the golden's tensors of a prefix into a state dictionary; every one must have its place.</summary>
    public void Restore(Dictionary<string, Tensor> state, string prefix = "")
    {
        using var noGrad = no_grad();
        foreach (var (name, target) in state) target.copy_(this[prefix + name]);
    }

    /// <summary>Asserts that a tensor equals the golden's one at 1e-5 of its largest element.</summary>
    public void Matches(string expected, Tensor actual, double tolerance = 1e-5) =>
        Close.To(this[expected], actual, $"{Name}: {expected}", tolerance);

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "goldens", "data");
}

/// <summary>Comparison of tensors.</summary>
internal static class Close
{
    /// <summary>Asserts equal shapes and a largest difference of at most a part of the largest expected element.</summary>
    public static void To(Tensor expected, Tensor actual, string what, double tolerance = 1e-5)
    {
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: [{string.Join(", ", actual.shape)}] instead of [{string.Join(", ", expected.shape)}]");
        if (expected.numel() == 0) return;
        using var scope = NewDisposeScope();
        var (e, a) = (expected.detach().cpu().to(ScalarType.Float64), actual.detach().cpu().to(ScalarType.Float64));
        double error = (e - a).abs().max().ToDouble(), scale = e.abs().max().ToDouble();

        // What is pure rounding noise in the reference (a bias before a normalisation) has no digits to compare.
        Assert.True(error <= (tolerance * scale) + (tolerance > 0 ? 1e-6 : 0),
            $"{what}: differs by {error:g3} where the largest element is {scale:g3}");
    }
}

/// <summary>Gradients in an arena.</summary>
internal static class ArenaGradient
{
    /// <summary>The gradient that belongs to a parameter: the same offset in the other arena.</summary>
    public static Tensor Of(ParameterArena arena, Tensor parameter) =>
        arena.GradientView(parameter.storage_offset(), parameter.shape);
}
