using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Products;

/// <summary>Our convolutions, whoever is chosen on this machine, are those of double precision.</summary>
public unsafe class ImageConvolutionTests
{
    // Samples, channels, height, width, outputs, kernel (rows, columns), stride, padding, dilation (rows, columns each).
    public static TheoryData<long[]> Sizes =>
    [
        [2, 1, 28, 28, 32, 3, 3, 1, 1, 1, 1, 1, 1],
        [3, 8, 14, 14, 20, 3, 3, 1, 1, 1, 1, 1, 1],
        [70, 9, 4, 4, 13, 3, 3, 1, 1, 1, 1, 1, 1],
        [4, 40, 7, 7, 12, 3, 3, 1, 1, 0, 0, 1, 1],
        [2, 8, 17, 15, 24, 3, 5, 2, 3, 1, 2, 1, 1],
        [2, 3, 9, 11, 5, 2, 3, 2, 1, 0, 1, 2, 3],
        [3, 16, 30, 30, 4, 1, 1, 1, 1, 0, 0, 1, 1],
        [3, 8, 8, 8, 6, 1, 1, 2, 2, 0, 0, 1, 1],
        [2, 8, 1, 50, 9, 1, 5, 1, 1, 0, 4, 1, 1],
        [1, 8, 5, 5, 3, 5, 5, 1, 1, 0, 0, 1, 1],
        [2, 8, 6, 6, 8, 3, 3, 1, 1, 2, 2, 1, 1],
        [2, 8, 6, 6, 8, 3, 3, 4, 4, 0, 0, 1, 1],
        [2, 40, 32, 32, 24, 1, 1, 2, 2, 0, 0, 1, 1],
        [3, 33, 15, 23, 17, 1, 1, 2, 2, 0, 0, 1, 1],
        [2, 9, 16, 47, 12, 3, 3, 2, 2, 1, 1, 1, 1],
        [1, 5, 9, 64, 7, 2, 1, 3, 2, 1, 2, 1, 1],
    ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_convolution_and_its_gradients_are_those_of_double_precision(long[] n)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var sizes = new ConvolutionSizes(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]);
        Assert.True(sizes.IsSound);
        Tensor x = randn([n[0], n[1], n[2], n[3]], generator: generator), bias = randn([n[4]], generator: generator);
        Tensor weight = randn([n[4], n[1], n[5], n[6]], generator: generator);
        Tensor exactX = x.to(ScalarType.Float64).requires_grad_(), exactWeight = weight.to(ScalarType.Float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(
            exactX, exactWeight, bias.to(ScalarType.Float64), [n[7], n[8]], [n[9], n[10]], [n[11], n[12]]);
        Assert.Equal([sizes.OutputHeight, sizes.OutputWidth], exact.shape[2..]);
        Tensor gradient = randn(exact.shape, generator: generator);
        exact.backward([gradient.to(ScalarType.Float64)]);

        // What is not written would show.
        Tensor output = full(exact.shape, float.NaN), ofX = full(x.shape, float.NaN), ofWeight = full(weight.shape, float.NaN);
        ImageConvolution.Run(sizes, Data(x), Data(weight), Data(bias), Data(output));
        Close(exact.detach(), output);
        KernelGradient.Run(sizes, Data(x), Data(gradient), Data(ofWeight));
        Close(exactWeight.grad!, ofWeight);
        if (sizes.StrideY != 1 || sizes.StrideX != 1 || !sizes.Backward.IsSound) return;
        ImageConvolution.RunBackward(sizes, Data(gradient), Data(weight), Data(ofX));
        Close(exactX.grad!, ofX);
    }

    // Samples, channels, height, width, outputs, rows and columns of the margin.
    public static TheoryData<long[]> Tiled =>
    [
        [2, 32, 32, 32, 32, 1, 1],
        [3, 16, 16, 16, 20, 1, 1],
        [5, 19, 8, 8, 45, 1, 1],
        [40, 300, 4, 4, 70, 1, 1],
        [9, 17, 13, 11, 18, 0, 0],
        [4, 64, 14, 14, 64, 1, 1],
        [2, 24, 9, 18, 33, 2, 0],
        [1, 16, 7, 40, 16, 0, 2],
        [3, 33, 28, 28, 31, 1, 0],
    ];

    [LongVectorsTheory]
    [MemberData(nameof(Tiled))]
    public void By_tiles_they_are_too(long[] n)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var sizes = new ConvolutionSizes(n[0], n[1], n[2], n[3], n[4], 3, 3, 1, 1, n[5], n[6], 1, 1);
        Assert.True(WinogradSizes.Take(sizes with { Samples = 100 }));
        Tensor x = randn([n[0], n[1], n[2], n[3]], generator: generator), bias = randn([n[4]], generator: generator);
        Tensor weight = randn([n[4], n[1], 3, 3], generator: generator);
        Tensor exactX = x.to(ScalarType.Float64).requires_grad_(), exactWeight = weight.to(ScalarType.Float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(
            exactX, exactWeight, bias.to(ScalarType.Float64), [1, 1], [n[5], n[6]], [1, 1]);
        Tensor gradient = randn(exact.shape, generator: generator);
        exact.backward([gradient.to(ScalarType.Float64)]);
        foreach (int side in (int[])[2, 4])
        {
            WinogradSizes tiles = new(sizes, side), backward = new(sizes.Backward, side);
            Tensor output = full(exact.shape, float.NaN), ofX = full(x.shape, float.NaN);
            Tensor ofWeight = full(weight.shape, float.NaN);
            WinogradConvolution.Run(tiles, Data(x), Data(weight), Data(bias), Data(output));
            Close(exact.detach(), output);
            WinogradConvolution.RunBackward(backward, Data(gradient), Data(weight), Data(ofX));
            Close(exactX.grad!, ofX);
            WinogradKernelGradient.Run(tiles, Data(x), Data(gradient), Data(ofWeight));
            Close(exactWeight.grad!, ofWeight);
        }
    }

    [LongVectorsTheory]
    [InlineData(32, 4)]
    [InlineData(16, 4)]
    [InlineData(14, 4)]
    [InlineData(7, 4)]
    [InlineData(6, 2)]
    [InlineData(2, 2)]
    public void Tiles_are_large_where_little_of_them_is_in_vain(int length, int side)
    {
        var sizes = new ConvolutionSizes(64, 32, length, length, 32, 3, 3, 1, 1, 1, 1, 1, 1);
        Assert.True(WinogradSizes.Take(sizes));
        Assert.Equal(side, WinogradSizes.Of(sizes).Side);
    }

    [LongVectorsTheory]
    [InlineData(2, 2)]
    [InlineData(4, 5)]
    public void Tiles_round_little_more_than_plain_sums(int side, double times)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var sizes = new ConvolutionSizes(4, 64, 16, 16, 32, 3, 3, 1, 1, 1, 1, 1, 1);
        Tensor x = randn([4, 64, 16, 16], generator: generator), weight = randn([32, 64, 3, 3], generator: generator);
        Tensor gradient = randn([4, 32, 16, 16], generator: generator);
        Tensor exactX = Double(x).requires_grad_(), exactWeight = Double(weight).requires_grad_();
        Tensor exact = nn.functional.conv2d(exactX, exactWeight, padding: [1, 1]);
        exact.backward([Double(gradient)]);
        Tensor output = empty(exact.shape), ofX = empty(x.shape), ofWeight = empty(weight.shape);
        var tiles = new WinogradSizes(sizes, side);
        WinogradConvolution.Run(tiles, Data(x), Data(weight), null, Data(output));
        WinogradConvolution.RunBackward(new WinogradSizes(sizes.Backward, side), Data(gradient), Data(weight), Data(ofX));
        WinogradKernelGradient.Run(tiles, Data(x), Data(gradient), Data(ofWeight));
        double[] byTiles = [Error(exact, output), Error(exactX.grad!, ofX), Error(exactWeight.grad!, ofWeight)];
        ImageConvolution.Run(sizes, Data(x), Data(weight), null, Data(output));
        ImageConvolution.RunBackward(sizes, Data(gradient), Data(weight), Data(ofX));
        KernelGradient.Run(sizes, Data(x), Data(gradient), Data(ofWeight));
        double[] plain = [Error(exact, output), Error(exactX.grad!, ofX), Error(exactWeight.grad!, ofWeight)];
        foreach (var (found, bound) in byTiles.Zip(plain)) Assert.InRange(found, 0, times * bound);

        static double Error(Tensor exact, Tensor found) =>
            ((Double(found) - exact.detach()).square().mean() / exact.detach().square().mean()).sqrt().item<double>();
    }

    [LongVectorsTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_number_of_threads_changes_no_bit_of_tiles(int side) => RequireSame(
        (in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output) =>
            WinogradConvolution.Run(new WinogradSizes(sizes, side), x, weight, bias, output),
        (in ConvolutionSizes sizes, float* gradient, float* weight, float* result) =>
            WinogradConvolution.RunBackward(new WinogradSizes(sizes.Backward, side), gradient, weight, result),
        (in ConvolutionSizes sizes, float* x, float* gradient, float* result) =>
            WinogradKernelGradient.Run(new WinogradSizes(sizes, side), x, gradient, result));

    // As Sizes.
    public static TheoryData<long[]> Direct =>
    [
        [5, 1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 1, 1],
        [9, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1],
        [2, 3, 32, 32, 64, 3, 3, 1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1],
        [1, 1, 3, 2, 1, 3, 2, 1, 1, 0, 0, 1, 1],
        [1, 2, 5, 7, 3, 3, 3, 1, 1, 2, 2, 1, 1],
        [20, 1, 8, 8, 16, 3, 3, 1, 1, 1, 1, 1, 1],
        [3, 3, 7, 17, 13, 3, 5, 1, 1, 1, 2, 1, 1],
        [2, 4, 9, 37, 7, 2, 3, 1, 1, 1, 0, 1, 1],
        [2, 15, 6, 33, 12, 5, 3, 1, 1, 0, 1, 1, 1],
        [4, 16, 10, 10, 6, 5, 5, 1, 1, 2, 2, 1, 1],
        [3, 5, 11, 13, 9, 3, 3, 1, 1, 2, 2, 2, 2],
        [3, 3, 12, 15, 18, 3, 2, 1, 1, 0, 1, 3, 1],
        [2, 8, 1, 50, 9, 1, 5, 1, 1, 0, 4, 1, 1],
        [2, 2, 4, 4, 8, 3, 3, 1, 1, 4, 4, 1, 1],
        [2, 3, 5, 50, 12, 3, 3, 1, 1, 0, 1, 1, 2],
    ];

    [LongVectorsTheory]
    [MemberData(nameof(Direct))]
    public void By_direct_loops_they_are_too(long[] n)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var sizes = new ConvolutionSizes(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]);
        Tensor x = randn([n[0], n[1], n[2], n[3]], generator: generator), bias = randn([n[4]], generator: generator);
        Tensor weight = randn([n[4], n[1], n[5], n[6]], generator: generator);
        Tensor exactX = x.to(ScalarType.Float64).requires_grad_(), exactWeight = weight.to(ScalarType.Float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(
            exactX, exactWeight, bias.to(ScalarType.Float64), [n[7], n[8]], [n[9], n[10]], [n[11], n[12]]);
        Tensor gradient = randn(exact.shape, generator: generator);
        exact.backward([gradient.to(ScalarType.Float64)]);

        FillOwnMemory();
        Tensor output = full(exact.shape, float.NaN), ofX = full(x.shape, float.NaN), ofWeight = full(weight.shape, float.NaN);
        DirectConvolution.Run(sizes, Data(x), Data(weight), Data(bias), Data(output));
        Close(exact.detach(), output);
        DirectConvolution.Run(sizes, Data(x), Data(weight), null, Data(output));
        Close(exact.detach() - Double(bias).view(1, -1, 1, 1), output);
        DirectKernelGradient.Run(sizes, Data(x), Data(gradient), Data(ofWeight));
        Close(exactWeight.grad!, ofWeight);
        if (!sizes.HasBackward) return;
        DirectConvolution.RunBackward(sizes, Data(gradient), Data(weight), Data(ofX));
        Close(exactX.grad!, ofX);
    }

    [LongVectorsFact]
    public void The_number_of_threads_changes_no_bit_of_direct_loops() =>
        RequireSame(DirectConvolution.Run, DirectConvolution.RunBackward, DirectKernelGradient.Run);

    // As Sizes.
    public static TheoryData<long[]> Strided =>
    [
        [2, 64, 8, 8, 48, 3, 3, 2, 2, 1, 1, 1, 1],
        [5, 16, 32, 32, 32, 3, 3, 2, 2, 1, 1, 1, 1],
        [40, 24, 7, 7, 10, 3, 3, 2, 2, 1, 1, 1, 1],
        [3, 20, 8, 8, 33, 1, 1, 2, 2, 0, 0, 1, 1],
        [1, 7, 31, 35, 300, 1, 1, 2, 2, 0, 0, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 2, 2, 0, 0, 1, 1],
        [2, 3, 32, 32, 192, 4, 4, 4, 4, 0, 0, 1, 1],
        [3, 5, 21, 40, 6, 5, 5, 3, 2, 2, 2, 1, 1],
        [70, 1, 9, 11, 3, 2, 2, 1, 3, 1, 1, 3, 2],
        [2, 6, 19, 17, 9, 3, 5, 2, 1, 0, 2, 1, 1],
        [2, 4, 67, 70, 8, 7, 7, 2, 2, 3, 3, 1, 1],
        [2, 8, 1, 50, 9, 1, 5, 1, 2, 0, 4, 1, 1],
        [1, 3, 10, 10, 5, 3, 3, 4, 4, 0, 0, 1, 1],
    ];

    [LongVectorsTheory]
    [MemberData(nameof(Strided))]
    public void Gradients_of_images_with_strides_are_those_of_double_precision(long[] n)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var sizes = new ConvolutionSizes(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]);
        Tensor weight = randn([n[4], n[1], n[5], n[6]], generator: generator);
        Tensor exactX = zeros([n[0], n[1], n[2], n[3]], ScalarType.Float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(exactX, Double(weight), null, [n[7], n[8]], [n[9], n[10]], [n[11], n[12]]);
        Tensor gradient = randn(exact.shape, generator: generator);
        exact.backward([Double(gradient)]);
        FillOwnMemory();
        Tensor ofX = full(exactX.shape, float.NaN);
        StridedImageGradient.Run(sizes, Data(gradient), Data(weight), Data(ofX));
        Close(exactX.grad!, ofX);
    }

    [LongVectorsFact]
    public void The_number_of_threads_changes_no_bit_of_gradients_with_strides()
    {
        using var scope = NewDisposeScope();
        Tensor weight = randn(24, 16, 3, 3), gradient = randn(20, 24, 10, 10);
        var sizes = new ConvolutionSizes(20, 16, 20, 20, 24, 3, 3, 2, 2, 1, 1, 1, 1);
        Assert.True(OnThreads(1).equal(OnThreads(2)).all().item<bool>());

        Tensor OnThreads(int threads)
        {
            int before = get_num_threads();
            set_num_threads(threads);
            Tensor ofX = empty(20, 16, 20, 20);
            StridedImageGradient.Run(sizes, Data(gradient), Data(weight), Data(ofX));
            set_num_threads(before);
            return ofX;
        }
    }

    [Fact]
    public void Direct_loops_are_for_few_channels_without_strides()
    {
        var sizes = new ConvolutionSizes(64, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1);
        Assert.True(DirectSizes.TakeImages(sizes) && DirectSizes.TakeKernels(sizes));

        // oneDNN's is at the peak, unless there is little of it.
        Assert.False(DirectSizes.TakeForward(sizes));
        Assert.True(DirectSizes.TakeForward(sizes with { Samples = 4 }));
        Assert.True(DirectSizes.TakeForward(sizes with { Channels = 3 }));
        Assert.False(DirectSizes.TakeKernels(sizes with { Samples = 640, Height = 9, Width = 9 }));
        Assert.False(DirectSizes.Fit(sizes with { Channels = 16 }));
        Assert.False(DirectSizes.Fit(sizes with { StrideX = 2 }));
        Assert.False(DirectSizes.Fit(sizes with { Height = 1 << 10, Width = 1 << 10 }));
        Assert.False(DirectSizes.Fit(sizes with { KernelHeight = 1, KernelWidth = 1 }));
    }

    [Fact]
    public void Products_are_for_what_strides_leave_out_and_for_many_channels()
    {
        var one = new ConvolutionSizes(32, 128, 16, 16, 256, 1, 1, 2, 2, 0, 0, 1, 1);
        Assert.True(ImageConvolution.Takes(one) && KernelGradient.Takes(one) && StridedImageGradient.Takes(one));
        var dense = one with { StrideY = 1, StrideX = 1 };
        Assert.False(ImageConvolution.Takes(dense) || KernelGradient.Takes(dense) || StridedImageGradient.Takes(dense));
        var nine = one with { KernelHeight = 3, KernelWidth = 3, PaddingY = 1, PaddingX = 1 };
        Assert.True(StridedImageGradient.Takes(nine));
        Assert.False(ImageConvolution.Takes(nine) || KernelGradient.Takes(nine));
        Assert.True(KernelGradient.Takes(nine with { Channels = 256, Height = 8, Width = 8 }));
        Assert.False(StridedImageGradient.Takes(nine with { KernelHeight = 5, KernelWidth = 5 }));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit() =>
        RequireSame(ImageConvolution.Run, ImageConvolution.RunBackward, KernelGradient.Run);

    private static void RequireSame(Forward forward, Backward ofImages, Backward ofKernels)
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(20, 16, 20, 20), weight = randn(24, 16, 3, 3), gradient = randn(20, 24, 20, 20);
        var sizes = new ConvolutionSizes(20, 16, 20, 20, 24, 3, 3, 1, 1, 1, 1, 1, 1);
        var (one, two) = (OnThreads(1), OnThreads(2));
        foreach (var (a, b) in one.Zip(two)) Assert.True(a.equal(b).all().item<bool>());

        Tensor[] OnThreads(int threads)
        {
            int before = get_num_threads();
            set_num_threads(threads);
            Tensor output = empty(20, 24, 20, 20), ofX = empty(20, 16, 20, 20), ofWeight = empty(24, 16, 3, 3);
            forward(sizes, Data(x), Data(weight), null, Data(output));
            ofImages(sizes, Data(gradient), Data(weight), Data(ofX));
            ofKernels(sizes, Data(x), Data(gradient), Data(ofWeight));
            set_num_threads(before);
            return [output, ofX, ofWeight];
        }
    }

    private delegate void Forward(in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output);

    private delegate void Backward(in ConvolutionSizes sizes, float* first, float* second, float* result);

    [Fact]
    public void Emitted_calls_are_right_whoever_is_chosen()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        ConvolutionCheck.Ensure();
        Tensor x = randn(3, 8, 12), weight = randn(5, 8, 3), bias = randn(5);
        Close(
            nn.functional.conv1d(Double(x), Double(weight), Double(bias), 1, 2, 2), Aten.conv1d(x, weight, bias, 1, 2, 2, 1));
        Tensor gradient = ones(3, 5, 1).expand(3, 5, 12);
        var exact = Aten.convolution_backward(
            Double(gradient), Double(x), Double(weight), [5], [1], [2], [2], false, [0], 1, [true, true, true]);
        var found = Aten.convolution_backward(gradient, x, weight, [5], [1], [2], [2], false, [0], 1, [true, true, true]);
        Close(exact.Item1, found.Item1);
        Close(exact.Item2, found.Item2);
        Close(exact.Item3, found.Item3);
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(
            () => Aten.conv2d(ones(1, 2, 5, 5), ones(3, 4, 3, 3), null, [1, 1], [0, 0], [1, 1], 1));
    }

    // Parts may go different ways.
    [Theory]
    [InlineData(6, 16, 5, 1)]
    [InlineData(16, 24, 3, 1)]
    [InlineData(16, 32, 1, 2)]
    [InlineData(3, 8, 4, 4)]
    [InlineData(64, 24, 1, 2)]
    [InlineData(8, 20, 3, 2)]
    public void Each_part_is_right_alone_and_with_the_others(int channels, int outputs, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(7, channels, 16, 16), weight = randn(outputs, channels, kernel, kernel);
        using Tensor output = Aten.conv2d(x, weight, null, [stride, stride], [0, 0], [1, 1], 1);
        Close(nn.functional.conv2d(Double(x), Double(weight), null, [stride, stride], [0, 0], [1, 1]), output);
        Tensor gradient = randn(output.shape);
        var exact = Backward(Double(gradient), Double(x), Double(weight), [true, true, true]);
        for (int parts = 1; parts < 8; parts++)
        {
            bool[] mask = [(parts & 1) != 0, (parts & 2) != 0, (parts & 4) != 0];
            var found = Backward(gradient, x, weight, mask);
            if (mask[0]) Close(exact.Item1, found.Item1);
            if (mask[1]) Close(exact.Item2, found.Item2);
            if (mask[2]) Close(exact.Item3, found.Item3);
        }

        (Tensor, Tensor, Tensor) Backward(Tensor gradient, Tensor x, Tensor weight, bool[] mask) =>
            Aten.convolution_backward(
                gradient, x, weight, [outputs], [stride, stride], [0, 0], [1, 1], false, [0, 0], 1, mask);
    }

    // What the thread has room for holds no numbers: what is read and was not laid out would show.
    private static void FillOwnMemory()
    {
        const int count = 1 << 17;
        new Span<float>(Panels.Mine.Points(count), count).Fill(float.NaN);
        new Span<float>(Panels.Mine.Kernels(count), count).Fill(float.NaN);
        new Span<float>(Panels.Mine.RoomForImages(count), count).Fill(float.NaN);
    }

    private static float* Data(Tensor tensor) => (float*)TensorMemory.Pointer(tensor);

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);

    private static void Close(Tensor exact, Tensor found)
    {
        Assert.Equal(exact.shape, found.shape);
        double scale = Math.Max(1, exact.abs().max().item<double>());
        Assert.True((Double(found) - exact).abs().max().item<double>() < 1e-5 * scale);
    }
}
