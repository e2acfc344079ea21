using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>Files of pretrained weights, whose names the declaration maps to the model's.</summary>
public sealed class PretrainedTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Parts_have_the_names_that_are_declared_and_the_longest_decides()
    {
        using var source = new TakenOver(new Generator(1));
        Write(source, name => name switch
        {
            "0.weight" => "encoder.kernel",
            "3.weight" => "w",
            _ => name.Replace("0.", "encoder.", StringComparison.Ordinal)
                .Replace("1.", "encoder.norm.", StringComparison.Ordinal),
        });
        using var net = new TakenOver(new Generator(2));
        var loaded = net.LoadPretrained(_file);
        Assert.Empty(loaded.Missing.Concat(loaded.Unexpected));
        foreach (var (name, tensor) in source.state_dict()) Assert.True(tensor.Equals(net.state_dict()[name]), name);
    }

    [Fact]
    public void It_is_strict_unless_told_otherwise()
    {
        using var source = new TakenOver(new Generator(1));
        Write(source, name => name == "3.weight" ? "x" : name.Replace("0.", "encoder.", StringComparison.Ordinal));
        using var net = new TakenOver(new Generator(2));
        var error = Assert.Throws<InvalidDataException>(() => net.LoadPretrained(_file));
        Assert.Contains("missing in the file: 3.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("not expected: x", net.LoadPretrained(_file, strict: false).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_part_alone_needs_no_name()
    {
        using var part = nn.Linear(4, 3);
        Write(part, name => name);
        using var net = new Headed(new Generator(2));
        Assert.Equal(["0.weight", "0.bias"], net.LoadPretrained(_file, strict: false).Loaded);
        Assert.True(part.weight.Equals(net.state_dict()["0.weight"]));
    }

    private void Write(nn.Module network, Func<string, string> rename) => Safetensors.Write(
        _file, network.state_dict().ToDictionary(pair => rename(pair.Key), pair => pair.Value));
}

[Model(4), Pretrained("0", From = "encoder"), Pretrained("0.weight", From = "encoder.kernel"),
    Pretrained("1", From = "encoder.norm"), Pretrained("3.weight", From = "w")]
[Linear(3), BatchNorm1d, ReLU, Linear(2, Bias = false)]
public partial class TakenOver;

[Model(4), Pretrained("0")]
[Linear(3), ReLU, Linear(2)]
public partial class Headed;
