using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Products;

/// <summary>Our products, whoever is chosen on this machine, are those of double precision.</summary>
public unsafe class StridedProductTests
{
    // Tiles of 12 x 32, 4 x 32 and 12 x 16, with and without edges; blocks of 256 deep, 96 high and 512 wide, and beyond.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 12, 7, 32 }, { 4, 256, 32 }, { 13, 257, 33 }, { 64, 64, 10 }, { 12, 5, 16 }, { 25, 300, 17 },
        { 97, 513, 64 }, { 100, 20, 515 }, { 200, 3, 1 }, { 3, 600, 700 }, { 16, 300, 600 }, { 9, 64, 517 }, { 36, 257, 16 },
        { 40, 300, 16 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_product_is_that_of_double_precision(int rows, int depth, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Tensor Random(params long[] shape) => randn(shape, generator: generator);
        foreach (Tensor a in (Tensor[])[
            Random(rows, depth), Random(depth, rows).t(), Random(rows, 2 * depth).slice(1, 0, 2 * depth, 2)])
        foreach (Tensor b in (Tensor[])[
            Random(depth, columns), Random(columns, depth).t(), Random(columns, 1).expand(columns, depth).t()])
        foreach (Tensor c in (Tensor[])[Random(rows, columns), Random(columns, rows).t()])
        foreach (bool add in (bool[])[false, true])
        {
            Tensor exact = a.to(ScalarType.Float64).mm(b.to(ScalarType.Float64));
            if (add) exact = Aten.add(exact, c.to(ScalarType.Float64));
            Assert.True(StridedMatrix.TryOf(a, out var left) & StridedMatrix.TryOf(b, out var right)
                & StridedMatrix.TryOf(c, out var result));
            StridedProduct.Run(left, right, result, add);
            double error = (c.to(ScalarType.Float64) - exact).abs().max().item<double>();
            Assert.True(
                error < 1e-5 * Math.Sqrt(depth) * 4, $"{error} for {a.stride()[0]}, {b.stride()[0]}, {c.stride()[0]}, {add}");
        }
    }

    [Theory]
    [InlineData(16, 700, 700)]
    [InlineData(11, 300, 300)]
    public void Few_rows_are_those_of_a_product_with_many(int rows, int depth, int columns)
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(40, depth), b = randn(depth, columns), whole = zeros(40, columns), part = zeros(rows, columns);
        Product(a, b, whole);
        Product(a[..rows], b, part);
        Assert.True(part.equal(whole[..rows]).all().item<bool>());
        Product(a.t().contiguous().t()[..rows], b, part);
        Assert.True(part.equal(whole[..rows]).all().item<bool>());
    }

    [Fact]
    public void A_narrow_product_is_the_same_from_every_layout_of_its_left_matrix()
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(50, 700), b = randn(700, 16), inPlace = zeros(50, 16), laid = zeros(50, 16);
        Product(a, b, inPlace);
        Product(a.t().contiguous().t(), b, laid);
        Assert.True(inPlace.equal(laid).all().item<bool>());
    }

    private static void Product(Tensor a, Tensor b, Tensor c)
    {
        Assert.True(StridedMatrix.TryOf(a, out var left) & StridedMatrix.TryOf(b, out var right)
            & StridedMatrix.TryOf(c, out var result));
        StridedProduct.Run(left, right, result, add: false);
    }

    [Theory]
    [InlineData(13, 20, 33)]
    [InlineData(13, 100, 300)]
    [InlineData(24, 20, 16)]
    public void Nothing_beside_the_result_is_written(int rows, int depth, int columns)
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(rows, depth), b = randn(depth, columns), around = full([rows + 4, columns + 7], 7f);
        Tensor c = around[2..(rows + 2), 3..(columns + 3)];
        Assert.True(StridedMatrix.TryOf(a, out var left) & StridedMatrix.TryOf(b, out var right)
            & StridedMatrix.TryOf(c, out var result));
        StridedProduct.Run(left, right, result, add: false);
        c.fill_(7f);
        Assert.True(around.eq(7f).all().item<bool>());
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(300, 400), b = randn(400, 500);
        Tensor[] results = [.. new[] { 1, 2, 3 }.Select(OnThreads)];
        Assert.True(results[0].equal(results[1]).all().item<bool>() && results[0].equal(results[2]).all().item<bool>());

        Tensor OnThreads(int threads)
        {
            int before = get_num_threads();
            set_num_threads(threads);
            Tensor c = zeros(300, 500);
            Assert.True(StridedMatrix.TryOf(a, out var left) & StridedMatrix.TryOf(b, out var right)
                & StridedMatrix.TryOf(c, out var result));
            StridedProduct.Run(left, right, result, add: false);
            set_num_threads(before);
            return c;
        }
    }

    [Fact]
    public void What_is_not_numbers_stays_so()
    {
        using var scope = NewDisposeScope();
        Tensor a = ones(5, 40), b = ones(40, 40), c = zeros(5, 40);
        a[2, 39] = float.NaN;
        b[3, 7] = float.PositiveInfinity;
        Assert.True(StridedMatrix.TryOf(a, out var left) & StridedMatrix.TryOf(b, out var right)
            & StridedMatrix.TryOf(c, out var result));
        StridedProduct.Run(left, right, result, add: false);
        Assert.Equal(40, c[2].isnan().sum().item<long>());
        Assert.Equal(4, c.isinf().sum().item<long>());
        Assert.Equal(40, c[0, 0].item<float>());
    }

    [Theory]
    [InlineData(0, 3, 2)]
    [InlineData(3, 0, 2)]
    [InlineData(3, 2, 0)]
    public void Products_of_nothing_are_libtorchs(int rows, int depth, int columns)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor a = ones(rows, depth), b = ones(depth, columns), weight = ones(columns, depth), bias = full([columns], 2f);
        Assert.True(Aten.mm(a, b).equal(a.mm(b)).all().item<bool>());
        Assert.True(Aten.linear(a, weight, bias).equal(nn.functional.linear(a, weight, bias)).all().item<bool>());
        Assert.True(Aten.bmm(a.unsqueeze(0), b.unsqueeze(0)).equal(a.mm(b)).all().item<bool>());
    }

    [Fact]
    public void Linear_layers_and_products_of_many_are_those_of_double_precision()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(3, 5, 70), weight = randn(33, 70), bias = randn(33), other = randn(5, 3, 70).transpose(0, 1);
        Close(Aten.linear(x, weight, bias), nn.functional.linear(Double(x), Double(weight), Double(bias)));
        Close(Aten.linear(other, weight, null), nn.functional.linear(Double(other), Double(weight), null));
        Tensor b = randn(3, 70, 9);
        Close(Aten.bmm(x, b), Double(x).bmm(Double(b)));
        Close(Aten.bmm(b.transpose(1, 2), x.transpose(1, 2)), Double(b.transpose(1, 2)).bmm(Double(x.transpose(1, 2))));
        Tensor sum = randn(5, 5), before = Double(sum);
        Aten.addmm_(sum, x[0], x[1].t());
        Close(sum, Aten.add(before, Double(x[0]).mm(Double(x[1]).t())));

        static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);

        static void Close(Tensor found, Tensor exact)
        {
            Assert.Equal(exact.shape, found.shape);
            Assert.True((Double(found) - exact).abs().max().item<double>() < 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_factor_of_many_products_gives_the_same_bits(int rows, int depth, int columns)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor factor = randn(columns, depth).t(), c = randn(rows, columns), row = randn(columns);
        using var repeated = new RepeatedFactor(factor);
        float* laid = Panels.Allocate(StridedProduct.SizeOf(Matrix(factor)));
        StridedProduct.LayWhole(Matrix(factor), laid);
        for (int time = 0; time < 2; time++)
        {
            Tensor a = randn(rows, depth), found = c.clone(), expected = c.clone();
            StridedProduct.AddLaid(Matrix(a), Matrix(factor), laid, Matrix(found));
            StridedProduct.Run(Matrix(a), Matrix(factor), Matrix(expected), add: true);
            Assert.True(found.equal(expected).all().item<bool>());

            // Whoever multiplies on this machine.
            Tensor added = c.clone(), set = empty(rows, columns);
            repeated.AddProduct(added, a);
            Assert.True(added.equal(Aten.addmm_(c.clone(), a, factor)).all().item<bool>());
            foreach (Tensor start in (Tensor[])[c, row])
            {
                repeated.SetProduct(set, start, a);
                Assert.True(set.equal(Aten.addmm_out(empty(rows, columns), start, a, factor)).all().item<bool>());
                Tensor exact = Aten.add(start.to(ScalarType.Float64), a.to(ScalarType.Float64).mm(factor.to(ScalarType.Float64)));
                Assert.True((set.to(ScalarType.Float64) - exact).abs().max().item<double>() < 4e-5 * Math.Sqrt(depth));
            }
        }

        System.Runtime.InteropServices.NativeMemory.AlignedFree(laid);

        static StridedMatrix Matrix(Tensor tensor)
        {
            Assert.True(StridedMatrix.TryOf(tensor, out var matrix));
            return matrix;
        }
    }

    [Fact]
    public void What_autograd_records_has_gradients()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(4, 6).requires_grad_(), weight = randn(3, 6).requires_grad_();
        Aten.linear(x, weight, null).sum().backward();
        Assert.Equal(x.shape, x.grad!.shape);
        Assert.Equal(weight.shape, weight.grad!.shape);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => Aten.mm(ones(2, 3), ones(4, 5)));
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => Aten.linear(ones(2, 3), ones(4, 5), null));
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => Aten.addmm_(ones(2, 2), ones(2, 3), ones(4, 2)));
    }
}
