using Xunit;

namespace Dsl.Runtime.Tests.Products;

/// <summary>What the variable DSL_PRODUCTS says, and what it cannot say.</summary>
public class ProductChoiceTests
{
    [Fact]
    public void The_variable_asks_for_one_side_or_nothing()
    {
        Assert.Null(ProductChoice.Asked(null, hasLongVectors: true));
        Assert.Null(ProductChoice.Asked("", hasLongVectors: true));
        Assert.False(ProductChoice.Asked("libtorch", hasLongVectors: true));
        Assert.True(ProductChoice.Asked("dsl", hasLongVectors: true));
    }

    [Fact]
    public void What_it_cannot_say_is_an_error()
    {
        var unknown = Assert.Throws<InvalidOperationException>(() => ProductChoice.Asked("mkl", hasLongVectors: true));
        Assert.Contains("\"mkl\"; it can be \"libtorch\" or \"dsl\"", unknown.Message, StringComparison.Ordinal);
        var impossible = Assert.Throws<InvalidOperationException>(() => ProductChoice.Asked("dsl", hasLongVectors: false));
        Assert.Contains("512 bits", impossible.Message, StringComparison.Ordinal);
    }
}
