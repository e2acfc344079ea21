using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Latents;

/// <summary>Codes on small numbers that are worked out by hand.</summary>
public sealed class CodebookTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    private readonly Codebook _codes = new("test", 3, 2, ScalarType.Float32, CPU);

    public CodebookTests() => Set([[0, 0], [1, 0], [0, 5]]);

    public void Dispose()
    {
        _codes.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Vectors_are_rows_or_the_channels_of_a_place()
    {
        var rows = tensor([0.9f, 0.1f, -0.2f, 4, 0.1f, 0.2f], [3, 2]);
        Assert.Equal([1L, 2L, 0L], _codes.Nearest(rows).data<long>().ToArray());
        var images = rows.t().reshape(1, 2, 1, 3);
        Assert.Equal([1, 1, 3], _codes.Nearest(images).shape);
        Assert.Equal([1L, 2L, 0L], _codes.Nearest(images).flatten().data<long>().ToArray());
        Near([0.1f, -0.1f, 0.2f, 1, -0.1f, -0.2f], _codes.Offset(rows));
        Near([0.1f, 0.2f, -0.1f, -0.1f, 1, -0.2f], _codes.Offset(images));
        Assert.Equal([1, 2, 1, 3], _codes.At(_codes.Nearest(images)).shape);
        Near([1, 0, 0, 0, 5, 0], _codes.At(_codes.Nearest(images)));
    }

    [Fact]
    public void Perplexity_counts_codes_in_use()
    {
        Assert.Equal(1, _codes.Perplexity(tensor([0f, 0, 0.1f, 0], [2, 2])).ToSingle(), 1e-5);
        Assert.Equal(2, _codes.Perplexity(tensor([0f, 0, 0, 4], [2, 2])).ToSingle(), 1e-5);
        Assert.Equal(3, _codes.Perplexity(tensor([0f, 0, 0, 4, 1, 0], [3, 2])).ToSingle(), 1e-5);
    }

    [Fact]
    public void Codes_become_averages_when_the_update_is_made()
    {
        var vectors = tensor([0.2f, 0.2f, 0, 0.4f, 1.2f, 0, 0, 4.6f], [4, 2]);
        _codes.Offer(vectors.narrow(0, 0, 2), 0.5, 0);
        _codes.Offer(vectors.narrow(0, 2, 2), 0.5, 0);
        Near([0, 0, 1, 0, 0, 5], _codes.Codes);
        _codes.Push();
        Near([1.5f, 1, 1], _codes.Counts);
        Near([0.2f / 3, 0.6f / 3, 1.1f, 0, 0, 4.8f], _codes.Codes, 1e-4);

        // Nothing waits any more, and what is dropped moves nothing.
        var before = _codes.Codes.clone();
        _codes.Push();
        _codes.Offer(vectors, 0.5, 0);
        _codes.Drop();
        _codes.Push();
        Near(before.data<float>().ToArray(), _codes.Codes, 0);
    }

    [Fact]
    public void A_code_that_nothing_is_near_begins_again_at_the_farthest_vector()
    {
        // All near the first code: counts 2.5, 0.5, 0.5, of mean 7/6.
        var vectors = tensor([0.1f, 0, -3, 0, 0, -2, 0, 0.1f], [4, 2]);
        _codes.Offer(vectors, 0.5, 0.6);
        _codes.Push();
        Near([2.5f, 3.5f / 3, 3.5f / 3], _codes.Counts);
        Near([-3, 0, 0, -2], _codes.Codes.narrow(0, 1, 2), 1e-4);
    }

    [Fact]
    public void More_codes_begin_again_than_there_are_vectors()
    {
        _codes.Offer(tensor([0.5f, 0.1f], [1, 2]), 0.5, 0.9);
        _codes.Push();

        // Counts 1, 0.5 and 0.5 of mean 2/3: the first of the two takes the only vector, the other one stays.
        Near([0.5f, 0.1f, 0, 5], _codes.Codes.narrow(0, 1, 2), 1e-4);
    }

    [Fact]
    public void A_code_that_is_never_chosen_stays_finite()
    {
        for (int update = 0; update < 300; update++)
        {
            _codes.Offer(zeros(4, 2), 0.5, 0);
            _codes.Push();
        }

        Assert.True(_codes.Codes.isfinite().all().ToBoolean());
    }

    private void Set(float[][] codes)
    {
        _codes.Codes.copy_(tensor([.. codes.SelectMany(code => code)], [codes.Length, 2]));
        _codes.Sums.copy_(_codes.Codes);
        _codes.Counts.fill_(1);
    }

    private static void Near(float[] expected, Tensor actual, double tolerance = 1e-5)
    {
        float[] numbers = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - numbers[i]) <= tolerance, $"{i}: {numbers[i]} instead of {expected[i]}");
    }
}
