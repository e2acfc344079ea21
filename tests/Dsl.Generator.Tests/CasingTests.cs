using Dsl.Generator.Graph;
using Dsl.Generator.Layers;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Names of layers in generated code.</summary>
public class CasingTests
{
    [Theory]
    [InlineData("ReLU2", "relu2")]
    [InlineData("PReLU0Weight", "prelu0Weight")]
    [InlineData("SiLU1", "silu1")]
    [InlineData("GELU1", "gelu1")]
    [InlineData("ELU1", "elu1")]
    [InlineData("RMSNorm0", "rmsNorm0")]
    [InlineData("L2Normalize3", "l2Normalize3")]
    [InlineData("LeakyReLU1", "leakyReLU1")]
    [InlineData("BatchNorm2d4RunningMean", "batchNorm2d4RunningMean")]
    [InlineData("DropPath5Mask", "dropPath5Mask")]
    [InlineData("Linear0", "linear0")]
    public void Variables_and_members(string member, string variable)
    {
        Assert.Equal(variable, Casing.Variable(member));
        Assert.Equal(member, Casing.Member(variable));
    }
}
